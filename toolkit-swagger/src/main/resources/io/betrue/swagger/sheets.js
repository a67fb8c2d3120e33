"use strict";
// ReDoc makes <style> elements, which default-src 'self' forbids; sheets that are made by a script are allowed, so each element is given one
{
  const create = document.createElement;
  document.createElement = function (name, ...rest) {
    const element = create.call(document, name, ...rest);
    if (String(name).toLowerCase() === "style") {
      const sheet = new CSSStyleSheet();
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      element.setAttribute("type", "text/plain"); // the browser leaves the element itself alone
      Object.defineProperty(element, "sheet", { get: () => sheet });
      new MutationObserver(() => {
        if (element.textContent) {
          sheet.replaceSync(element.textContent);
        }
      }).observe(element, { childList: true, characterData: true, subtree: true });
    }
    return element;
  };
}
