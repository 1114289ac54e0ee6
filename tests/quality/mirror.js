// The blocks of a mail in a browser, in the order of the document: the innermost cells that hold words or a picture.
// For each: what it is ("h1", "h2", "img", "button", "text"), how far it stands from the left and the right of the window, in
// pixels; of each of its lines, on which side it begins ("left", "right") and how far within the block; and whether it stands
// in a section that speaks another language than the mail.
() => {
  const language = document.documentElement.lang;
  const wide = document.documentElement.clientWidth;
  const shown = one => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden";
  const own = cell => cell.querySelector("td, th") === null;
  const side = one => {
    const { textAlign, direction } = getComputedStyle(one);
    if (/center/.test(textAlign)) return "middle";
    if (/right/.test(textAlign) || (textAlign === "end") !== (direction === "rtl") && !/left/.test(textAlign)) return "right";
    return "left";
  };
  const section = cell => {
    let found = cell;
    while (found.parentElement && found.parentElement !== document.body && !/^(div)$/.test(found.localName)) found = found.parentElement;
    return found;
  };
  const starts = (cell, box) => {
    const lines = [];
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || !shown(node.parentElement)) continue;
      let block = node.parentElement;
      while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom, width } of range.getClientRects()) {
        if (width < 1) continue;
        const middle = (top + bottom) / 2;
        const line = lines.find(one => one.block === block && one.top < middle && middle < one.bottom);
        if (line) Object.assign(line, { left: Math.min(line.left, left), right: Math.max(line.right, right) });
        else lines.push({ block, top, bottom, left, right });
      }
    }
    // A button's label stands in the middle of it, and says nothing of where the button stands.
    return lines.filter(({ block }) => side(block) !== "middle").map(({ block, left, right }) => ({ side: side(block), far: Math.round(side(block) === "left" ? left - box.left : box.right - right) }));
  };
  const blocks = [];
  for (const cell of document.querySelectorAll("td, th")) {
    if (!own(cell) || !shown(cell)) continue;
    const picture = cell.querySelector("img");
    const box = (picture ?? cell).getBoundingClientRect();
    const lines = picture ? [] : starts(cell, box);
    const words = (cell.innerText || picture?.alt || "").trim();
    if (!words && !picture) continue;
    const heading = cell.querySelector("h1, h2, h3");
    const around = section(cell);
    const foreign = [...around.querySelectorAll("[lang]")].some(one => one.lang !== language);
    blocks.push({
      what: heading?.localName ?? (picture ? "img" : lines.length ? "text" : "button"),
      foreign, lines,
      left: Math.round(box.left), right: Math.round(wide - box.right),
      words: words.slice(0, 40),
    });
  }
  return blocks;
}
