// What ties the stage to its server: where the talk stands goes out, what the room answers comes in. Without a server
// the stage goes on alone and says so; once it is back it is told where the talk stands.

const LOOKS = 400, WAITS = 3000; // ms

const tieToHall = ({ study, place, adopt, heard }) => {
  let seen = -1, boot = "", isSending = false, isOwed = false, turn = 0;
  const windowId = Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16).padStart(2, "0")).join("");
  const send = async () => {
    isOwed = true;
    if (isSending) return;
    isSending = true;
    try {
      while (isOwed) {
        isOwed = false;
        const body = JSON.stringify({ study, ...place(), window: windowId, turn: turn++ }); // a slow server may take one late
        const answer = await fetch("/stage/at", { method: "POST", headers: { "content-type": "application/json" }, body, signal: AbortSignal.timeout(WAITS) });
        if (!answer.ok) break; // the talk was edited, and this scene is no more: `heard` takes the new talk in
        ({ revision: seen, boot } = await answer.json());
      }
    } catch { isOwed = true; }
    isSending = false;
  };
  const look = async () => {
    try {
      const asked = place().scene;
      const answer = await fetch(`/stage/now?${new URLSearchParams({ study, scene: asked, lang: document.documentElement.lang })}`, { signal: AbortSignal.timeout(WAITS) });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      heard({ ...found, asked, isGone: false });
      if (isSending) return;
      if (isOwed || found.boot !== boot || !found.scene) await send();
      else if (found.revision > seen) {
        seen = found.revision;
        if (found.study === study) adopt(found.scene, found.reveal);
      }
    } catch { heard({ isGone: true }); }
  };
  const again = () => setTimeout(() => look().finally(again), LOOKS);
  send();
  again();
  return send;
};
