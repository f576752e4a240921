import { quoted } from "../../../diagnostics/text.ts";

/** Why a call isn't read whose operation is the value of an expression. */
export const whyComputed = (service: string): string =>
  `which operation of ${quoted(service)} this calls, only the run knows`;

/** Why a call isn't read that something else makes of a method or a class. */
export const whyHandedOn = (name: string, operation: string): string =>
  `${quoted(name)} is handed on: ${whyInputUnknown(operation)}`;

export const whyInputUnknown = (operation: string): string =>
  `what ${quoted(operation)} is called with is not known`;
