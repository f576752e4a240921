import { listAlternatives } from "../templates/intrinsics.ts";
import type { DocumentPart } from "../templates/part.ts";
import type { QueryLanguage, StateMachineContext } from "./state-machine.ts";
import { addMapCall, addTask } from "./task.ts";

/**
 * Adds the calls in the states of a machine, a branch, or the processor of a map (Amazon States Language).
 */
export function addStates(
  machine: DocumentPart,
  about: StateMachineContext,
  outer: QueryLanguage = "JSONPath",
): void {
  const language = resolveLanguage(machine, outer);
  const states = machine.member("States")?.members() ?? [];
  for (const state of states.flatMap(([, part]) => (about.hasIntrinsics ? listAlternatives(part) : [part]))) {
    addTask(state, about, resolveLanguage(state, language));
    for (const key of ["ItemReader", "ResultWriter"]) {
      const part = state.member(key);
      if (part) addMapCall(part, about, resolveLanguage(state, language));
    }
    // A map's own query language doesn't necessarily apply to the states of its processor.
    const inner = state.member("QueryLanguage") ? undefined : language;
    for (const key of ["ItemProcessor", "Iterator"]) {
      const processor = state.member(key);
      if (processor) addStates(processor, about, inner);
    }
    for (const branch of state.member("Branches")?.items() ?? []) addStates(branch, about, inner);
  }
}

function resolveLanguage(part: DocumentPart, outer: QueryLanguage): QueryLanguage {
  const own = part.member("QueryLanguage");
  if (!own) return outer;
  return own.value === "JSONPath" || own.value === "JSONata" ? own.value : undefined;
}
