/** A script of its own before that of the page: the worker compiles its code while the page's is read. */
const code = document.getElementById("worker")?.textContent ?? "";
const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
Object.assign(globalThis, { countersignWorker: new Worker(address) });
