import type { Container } from "../requests/request.ts";
import type { TypeConversions } from "../schema/conversions.ts";

/**
 * Containers whose reader may convert values. None of it is documented; what is known was seen in recorded answers of
 * AWS (objects for strings) and in public state machines and schedules (scalars).
 */
const CONVERSIONS: Partial<Record<Container, TypeConversions>> = {
  "step-functions": {
    reader: "Step Functions",
    known: "public state machines have such values, and no refusal of one is known",
    makesTexts: "always",
    takesNull: true,
  },
  scheduler: {
    reader: "EventBridge Scheduler",
    known: "public schedules have such values, and no refusal of one is known",
    makesTexts: "perhaps",
    takesNull: true,
  },
  "ssm-automation": {
    reader: "Systems Manager Automation",
    known: "boto3, which makes the call, refuses other types",
  },
};

export const conversionsOf = (container: Container | undefined): TypeConversions | undefined =>
  container && CONVERSIONS[container];
