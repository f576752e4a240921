import type { RenamedMember } from "./optimized.ts";

const FILTER: Readonly<Record<string, RenamedMember>> = { Filters: { to: "Filter" } };

/** Members that boto3 takes by another name beside the API's (botocore 1.43.11, `botocore/handlers.py`). */
const ALIASES: Readonly<Record<string, Readonly<Record<string, RenamedMember>>>> = {
  "cloudsearchdomain:Search": { returnFields: { to: "return" } },
  "ec2:DescribeFlowLogs": FILTER,
  "ec2:DescribeHostReservationOfferings": FILTER,
  "ec2:DescribeHostReservations": FILTER,
  "ec2:DescribeHosts": FILTER,
  "ec2:DescribeNatGateways": FILTER,
  "logs:CreateExportTask": { fromTime: { to: "from" } },
};

export const findBoto3Aliases = (operation: string): Readonly<Record<string, RenamedMember>> =>
  Object.hasOwn(ALIASES, operation) ? ALIASES[operation]! : {};
