// Measures a copy of the page in a frame 400 pixels wide, with recorded answers in place of the service: horizontal scrolling, the contrast of every text
// and the alignment.
"use strict";
window.fetch = async path => new Response(typeof ANSWERS[path] === "string" ? ANSWERS[path] : JSON.stringify(ANSWERS[path]));

// [red, green, blue, alpha] of a CSS color.
function channels(color) {
  const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
  return [r, g, b, a];
}

const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];

// What lies behind the text of an element: the backgrounds of the element and its ancestors, one over another.
function background(element) {
  const below = element.parentElement ? background(element.parentElement) : [255, 255, 255, 1];
  return over(channels(getComputedStyle(element).backgroundColor), below);
}

// Web Content Accessibility Guidelines 2.2: relative luminance and contrast ratio.
function luminance(color) {
  const [r, g, b] = color.slice(0, 3).map(value => value / 255).map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(element) {
  const behind = background(element), text = over(channels(getComputedStyle(element).color), behind);
  const [dark, light] = [luminance(behind), luminance(text)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

// Whether choosing a symbol of one text colors symbols of the other, by their weights.
function isColored(choose, own, other) {
  const symbol = document.querySelector(own).querySelector(".piece:nth-of-type(3)");
  choose(symbol);
  const strengths = [...document.querySelectorAll(other + " .piece")].map(node => Number(getComputedStyle(node).getPropertyValue("--strength")));
  return symbol.getAttribute("aria-selected") === "true" && strengths.some(strength => strength > 0.05);
}

function measure() {
  // The arrow key moves from the second symbol to the third.
  const move = symbol => symbol.previousElementSibling.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  const isFocused = isColored(move, "#source-symbols", "#target-symbols");
  const isPointed = isColored(symbol => symbol.dispatchEvent(new MouseEvent("mouseenter")), "#target-symbols", "#source-symbols");
  const isVisible = element => element.getClientRects().length > 0 && getComputedStyle(element).position !== "absolute";
  const withText = [...document.body.querySelectorAll("*")].filter(element => isVisible(element) && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  const ratios = withText.map(element => ({ element, ratio: contrast(element) })).sort((a, b) => a.ratio - b.ratio);
  const isDark = luminance(background(document.body)) < 0.5;
  parent.postMessage({
    mode: isDark ? "dark" : "light",
    beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    texts: withText.length,
    contrast: ratios[0].ratio.toFixed(2) + " of <" + ratios[0].element.localName + "> " + ratios[0].element.textContent.slice(0, 30),
    enough: ratios[0].ratio >= 4.5,
    aligned: isPointed + " " + isFocused,
    focusable: [...document.querySelectorAll("button, textarea, pre, input, select")].every(element => element.tabIndex >= 0 && (element.labels?.length || element.ariaLabel || element.textContent.trim())),
  }, "*");
}
setTimeout(measure, 3000);
