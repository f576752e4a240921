const LAYER_TITLES: Readonly<Record<string, string>> = {
  identity: "identity policies",
  boundary: "permissions boundary",
  session: "session policies",
  resource: "the resource's policy",
  trust: "the role's trust policy",
  key: "the key's policy",
};

/** Expands a layer's name, such as "scp 2" to "service control policies, level 2". */
export function formatLayerTitle(layer: string): string {
  const [kind, level] = layer.split(" ");
  if (kind === "scp") return `service control policies, level ${level}`;
  if (kind === "rcp") return `resource control policies, level ${level}`;
  return LAYER_TITLES[layer] ?? layer;
}
