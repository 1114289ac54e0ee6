// Asks others what they think of mails. Reads a plan as JSON on standard input:
//     {mjml, engine, caniemail, clients, mails: [{name, mjml, html}]}
// where the first three are the entries of those packages, and writes to standard output, by name,
//     {mjml: [fault], scores: {client: points}, lost: {client: [property]}, clipped, leaks: [fault],
//     access: [{rule, message, element}], titles: {client: [title]}}
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const plan = JSON.parse(readFileSync(0, "utf8"));
const { default: compile } = await import(pathToFileURL(plan.mjml));
const { auditEmail } = await import(pathToFileURL(plan.engine));
const { caniemail } = await import(pathToFileURL(plan.caniemail));

// In its strict mode anything that MJML would otherwise mend is an error.
const strictly = async source => {
  try {
    return (await compile(source, { validationLevel: "strict" })).errors.map(one => one.formattedMessage);
  } catch (fault) {
    return fault.errors?.map(one => one.formattedMessage) ?? [`${fault}`];
  }
};

const said = {};
for (const { name, mjml, html } of plan.mails) {
  const { compatibility, size, accessibility, templateVariables } = auditEmail(html);
  const { issues } = caniemail({ clients: plan.clients, html });
  said[name] = {
    mjml: await strictly(mjml),
    scores: Object.fromEntries(Object.entries(compatibility.scores).map(([client, { score }]) => [client, score])),
    lost: Object.fromEntries(Object.keys(compatibility.scores).map(client => [client, [...new Set(
      compatibility.warnings.filter(one => one.client === client && one.severity !== "info").map(one => one.property))].sort()])),
    clipped: size.clipped,
    leaks: templateVariables.issues.map(one => one.message),
    access: accessibility.issues.map(({ rule, message, element }) => ({ rule, message, element: element ?? "" })),
    titles: Object.fromEntries([...issues.errors].map(([client, found]) => [client, [...new Set(found.map(one => one.title))].sort()])),
  };
}
process.stdout.write(JSON.stringify(said));
