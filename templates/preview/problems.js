// How what is wrong is told on a page: what `yearround serve` and `yearround digest --preview` share.
export const element = (name, text, kind) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (kind) made.className = kind;
  return made;
};

export const count = (number, word) => number + " " + word + (number === 1 ? "" : "s");

const tell = (problem) => {
  const item = element("li", "", "yr-" + problem.level);
  const where = problem.file + (problem.line ? ":" + problem.line + (problem.column ? ":" + problem.column : "") : "");
  item.append(element("p", problem.level + ": " + where, "yr-where"));
  if (problem.excerpt.trim()) {
    // Of a line that is very long the excerpt is a piece, and the column that of the whole.
    const inside = problem.column && problem.column <= problem.excerpt.length + 1;
    const caret = inside ? "\n" + " ".repeat(problem.column - 1) + "^" : "";
    item.append(element("pre", problem.excerpt + caret));
  }
  item.append(element("p", problem.message + ".", "yr-message"), element("p", problem.mend));
  if (problem.guess) item.append(element("p", "Did you mean " + problem.guess + "?"));
  return item;
};

export const listOf = (problems) => {
  const list = element("ul");
  list.append(...problems.map(tell));
  return list;
};
