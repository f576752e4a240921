// Prints a shape as a service model, as print-page.ts does for pages.

import type { TestShape, TestStructure } from "./print-page.ts";

type Json = { [key: string]: unknown };

const TYPES: Record<string, string> = { number: "double", document: "structure", enum: "string" };

/** A model with the single operation `PlayGame`. */
export function printModel(request: TestStructure, response: TestStructure | undefined): Json {
  const shapes: Json = {};
  const name = (toy: TestShape): string => {
    const own = `Shape${Object.keys(shapes).length}`;
    shapes[own] = {};
    shapes[own] = { type: TYPES[toy.kind] ?? toy.kind, ...printBody(toy, name) };
    return own;
  };
  const operation = {
    name: "PlayGame",
    input: { shape: name(request) },
    ...(response ? { output: { shape: name(response) } } : {}),
  };
  const metadata = { apiVersion: "2020-01-01", serviceId: "Toy Box", uid: "toybox-2020-01-01" };
  return { version: "2.0", metadata, operations: { PlayGame: operation }, shapes };
}

function printBody(toy: TestShape, name: (toy: TestShape) => string): Json {
  switch (toy.kind) {
    case "enum":
      return { enum: toy.values };
    case "document":
      return { members: {}, document: true };
    case "list":
      return { member: { shape: name(toy.item) } };
    case "map":
      return { key: { shape: name({ kind: "string" }) }, value: { shape: name(toy.value) } };
    case "structure": {
      const required = toy.members.filter((member) => member.required).map((member) => member.name);
      const members = toy.members.map((member) => {
        const html =
          member.prose === undefined ? {} : { documentation: `<p>${escapeHtml(member.prose)}</p>` };
        const token = member.token ? { idempotencyToken: true } : {};
        return [member.name, { shape: name(member.toy), ...html, ...token }] as const;
      });
      return {
        members: Object.fromEntries(members),
        ...(required.length > 0 ? { required } : {}),
        ...(toy.union ? { union: true } : {}),
      };
    }
    default:
      return {};
  }
}

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
