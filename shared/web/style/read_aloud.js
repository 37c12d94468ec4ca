// Reads a page aloud with the browser's own voice. Without script, or without a voice that speaks the page's language
// on this device itself, the button stays hidden. Voices that send the words to somebody's server are never used.
(() => {
  "use strict";
  const speech = window.speechSynthesis;
  const button = document.querySelector("[data-read-aloud]");
  const place = button?.closest("[hidden]");
  if (!speech || !place) {
    return;
  }
  const language = document.documentElement.lang.split("-")[0];
  const voice = () =>
    speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === language);
  const stop = () => {
    speech.cancel();
    button.textContent = button.dataset.start;
  };
  // A sentence at a time: a voice that is given a whole page falls silent halfway in some browsers.
  const sentences = () =>
    Array.from(document.querySelectorAll(button.dataset.readAloud), (part) => part.innerText)
      .join("\n")
      .split(/(?<=[.!?؟])\s+|\n+/)
      .filter((words) => words.trim());
  const start = () => {
    const words = sentences();
    words.forEach((sentence, number) => {
      const saying = new SpeechSynthesisUtterance(sentence);
      saying.lang = document.documentElement.lang;
      saying.voice = voice();
      if (number === words.length - 1) {
        saying.onend = stop;
      }
      speech.speak(saying);
    });
    button.textContent = button.dataset.stop;
  };
  const show = () => {
    place.hidden = !voice();
  };
  button.addEventListener("click", () => (speech.speaking || speech.pending ? stop() : start()));
  window.addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", show);
  show();
})();
