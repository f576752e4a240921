/**
 * Operations that SDK calls of Step Functions don't support, by the ARN's name of the service (developer guide,
 * "Supported AWS SDK service integrations").
 */
const UNSUPPORTED_ACTIONS: Readonly<Record<string, string>> = {
  bedrockagentruntime: "invokeAgent invokeFlow invokeInlineAgent optimizePrompt retrieveAndGenerateStream",
  bedrockruntime: "invokeModelWithResponseStream converseStream",
  cloudwatchlogs: "startLiveTail",
  efs: "createTags",
  emr: "describeJobFlows",
  kinesis: "subscribeToShard",
  lambda: "invokeAsync invokeWithResponseStream",
  rdsdata: "executeSql",
  s3: "selectObjectContent",
  s3control: "selectObjectContent",
  shield: "deleteSubscription",
  sts: "assumeRole assumeRoleWithSAML assumeRoleWithWebIdentity",
};

export const isUnsupported = (service: string, action: string): boolean =>
  Object.hasOwn(UNSUPPORTED_ACTIONS, service) &&
  UNSUPPORTED_ACTIONS[service]!.split(" ").includes(action.charAt(0).toLowerCase() + action.slice(1));

/**
 * How names of operations begin that a schedule can't call (EventBridge Scheduler user guide, "Using universal
 * targets").
 */
const READING_PREFIXES = (
  "get describe list poll receive search scan query select read lookup discover validate batchGet batchDescribe " +
  "batchRead transactGet adminGet adminList testMigration retrieve testConnection translateDocument isAuthorized " +
  "isAuthorizedWithToken invokeModel"
).split(" ");

/** The prefix by which a schedule refuses an operation, if it does. */
export const findReadingPrefix = (action: string): string | undefined => {
  const name = action.charAt(0).toLowerCase() + action.slice(1);
  return READING_PREFIXES.find(
    (prefix) => name.startsWith(prefix) && !/^[a-z]/.test(name.slice(prefix.length)),
  );
};
