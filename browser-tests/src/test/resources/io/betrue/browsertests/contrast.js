// Lists the texts that can be seen and whose contrast with what is behind them is below LEAST (WCAG 2.2, 1.4.3).
const numbers = color => color.match(/[\d.]+/g).map(Number);
const channel = value => value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
const behind = element => {
  for (let at = element; at; at = at.parentElement) {
    const color = numbers(getComputedStyle(at).backgroundColor);
    if (color.length === 3 || color[3] === 1) return color;
    if (color[3] !== 0) throw new Error('half transparent: ' + at.outerHTML.slice(0, 100));
  }
  return [255, 255, 255];
};
const poor = [];
const within = [...document.querySelectorAll('dialog[open]')].pop() ?? document.body;
let seen = 0;
for (const element of within.querySelectorAll('*')) {
  const text = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data.trim()).join('');
  if (text === '' || !element.checkVisibility() || element.closest('script, noscript')) continue;
  seen++;
  const [one, other] = [numbers(getComputedStyle(element).color), behind(element)].map(luminance);
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  if (ratio < LEAST) poor.push(`${element.nodeName} "${text.slice(0, 40)}" ${ratio.toFixed(2)}`);
}
return seen < 3 ? ['no text was found'] : poor;
