/** In the page itself, before its other scripts: the worker's thread starts while they load, and waits for its code. */
const waiting = `onmessage = ({ data }) => {
  onmessage = null;
  importScripts(URL.createObjectURL(new Blob([data], { type: "text/javascript" })));
};`;
const address = URL.createObjectURL(new Blob([waiting], { type: "text/javascript" }));
Object.assign(globalThis, { countersignWorker: new Worker(address) });
