// How a phone hears of the talk: by Server-Sent Events, and by asking every second while these fail.

const ASKS = 1000, TRIES = 8000; // ms

const follow = (language, heard, lost) => {
  let source = null, asking = 0, last = -1, boot = "";
  const take = (found) => {
    lost(false);
    if (found.boot === boot && found.revision === last) return;
    const isNew = boot && found.boot !== boot;
    boot = found.boot;
    last = found.revision;
    heard(found, isNew);
  };
  const ask = async () => {
    try {
      const answer = await fetch(`/now?lang=${language}`, { signal: AbortSignal.timeout(4000) });
      if (!answer.ok) throw new Error(answer.status);
      take(await answer.json());
    } catch { lost(true); }
  };
  const askOften = () => { if (!asking) { ask(); asking = setInterval(ask, ASKS); } };
  const listen = () => {
    if (source) source.close();
    source = new EventSource(`/events?lang=${language}`);
    source.onmessage = ({ data }) => { clearInterval(asking); asking = 0; take(JSON.parse(data)); };
    source.onerror = askOften;
  };
  listen();
  setInterval(() => { if (source.readyState === EventSource.CLOSED) listen(); }, TRIES);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask(); if (source.readyState === EventSource.CLOSED) listen(); } });
};
