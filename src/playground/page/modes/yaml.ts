export { yaml as createMode } from "@codemirror/lang-yaml";
