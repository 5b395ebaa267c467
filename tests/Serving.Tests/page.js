// Measures a copy of the page in a frame 400 pixels wide, with recorded answers in place of the service: horizontal scrolling, the contrast of every text,
// the alignment, and the attention of captions.
"use strict";
// The images that the page sent.
const sent = [];
// The example, a PNG file.
const scene = () => new Blob([Uint8Array.from(atob(ANSWERS.scene), character => character.charCodeAt(0))], { type: "image/png" });

window.fetch = async (path, request) => {
  if (path.startsWith("/scene/")) return new Response(scene());
  if (path.startsWith("/caption")) sent.push(request.body);
  const answer = ANSWERS[path.split("?")[0]];
  return new Response(typeof answer === "string" ? answer : JSON.stringify(answer));
};

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

const strengths = nodes => [...document.querySelectorAll(nodes)].map(node => Number(getComputedStyle(node).getPropertyValue("--strength")));

// Whether choosing a symbol of one text colors symbols of the other, or regions of the image, by their weights.
function isColored(choose, own, other) {
  const symbol = document.querySelector(own).querySelector(".piece:nth-of-type(3)");
  choose(symbol);
  return symbol.getAttribute("aria-selected") === "true" && strengths(other).some(strength => strength > 0.05);
}

// The arrow key moves from the second symbol to the third.
const move = symbol => symbol.previousElementSibling.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
const point = symbol => symbol.dispatchEvent(new MouseEvent("mouseenter"));

// Whether the overlay of the image differs from word to word, with the mouse and with the keyboard.
function overlaysDiffer() {
  const overlays = [document.querySelector("#caption-symbols .piece"), document.querySelector("#caption-symbols .piece:nth-of-type(2)")].map(word => {
    point(word);
    return strengths(".region").join();
  });
  return overlays[0] !== overlays[1] && isColored(move, "#caption-symbols", ".region") && isColored(point, "#caption-symbols", ".region");
}

const wait = milliseconds => new Promise(done => setTimeout(done, milliseconds));

// Drops an image beside the frame, and pastes another one. The recorded boxes are no longer a grid: their weights are the widths of lines.
async function dropAndPaste() {
  const data = new DataTransfer(), before = sent.length;
  data.items.add(new File([scene()], "scene.png", { type: "image/png" }));
  for (const box of ANSWERS["/caption"].answers[0].boxes) box.left /= 2;
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  await wait(500);
  const isSent = sent.length === before + 1 && sent.at(-1).size === scene().size, isShown = document.getElementById("image").naturalWidth === 224;
  const differ = overlaysDiffer(), lines = [...document.querySelectorAll(".boxes .region")].map(node => parseFloat(getComputedStyle(node).borderLeftWidth));
  const hasLines = lines.some(width => width >= 1) && lines.filter(width => width > 0).length <= 6;
  dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  await wait(500);
  return [isSent, isShown, differ, hasLines, sent.length === before + 2].join(" ");
}

async function measure() {
  const isFocused = isColored(move, "#source-symbols", "#target-symbols .piece");
  const isPointed = isColored(point, "#target-symbols", "#source-symbols .piece");
  const isWeighed = overlaysDiffer();
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
    weighed: isWeighed,
    dropped: await dropAndPaste(),
    focusable: [...document.querySelectorAll("button, textarea, pre, input, select")].every(element => element.tabIndex >= 0 && (element.labels?.length || element.ariaLabel || element.textContent.trim())),
  }, "*");
}
setTimeout(measure, 3000);
