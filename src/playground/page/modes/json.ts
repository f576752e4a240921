export { json as createMode } from "@codemirror/lang-json";
