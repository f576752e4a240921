"""Prints where an installed AWS CLI's commands differ from the operations of botocore, as JSON.

Run it with the Python that the CLI is installed in, version 1 (PyPI's `awscli`) or version 2 (Debian's `awscli`):

    python3 scripts/aws-cli/read-tables.py > one.json
    /usr/bin/python3 scripts/aws-cli/read-tables.py > two.json
    node scripts/aws-cli/write-tables.mjs one.json two.json
"""

import json
import os
import sys

os.environ["AWS_CONFIG_FILE"] = os.devnull
os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"

from awscli import __version__, clidriver  # noqa: E402

if __version__.startswith("1."):
    from botocore import xform_name
else:
    from awscli.botocore import xform_name

OF_EVERY_COMMAND = {
    "cli-input-json",
    "cli-input-yaml",
    "generate-cli-skeleton",
    "starting-token",
    "page-size",
    "max-items",
}
# Arguments that only say where the CLI writes something.
WRITES = {"QueryOutFileArgument", "StatefulArgument"}


def describe(name, operation):
    shape = operation._operation_model.input_shape
    members = shape.members if shape else {}
    arguments = operation.arg_table
    regular = {xform_name(member, "-"): member for member in members}
    by_member = {}
    for option, argument in arguments.items():
        member = getattr(argument, "_serialized_name", None)
        is_negative = option.startswith("no-") and option[3:] in arguments and option not in regular
        if member in members and not is_negative:
            by_member.setdefault(member, []).append(option)
    row = {"renamed": {}, "removed": [], "added": [], "files": [], "writes": []}
    for option, member in regular.items():
        names = by_member.get(member, [])
        positive = option if option in names else names[0] if names else None
        others = [one for one in names if one != positive]
        if positive is None:
            row["removed"].append(member)
        elif positive != option:
            row["renamed"][option] = positive
        if others and members[member].type_name == "boolean":
            row["renamed"]["no-" + option] = others[0]
    for option, argument in arguments.items():
        known = getattr(argument, "_serialized_name", None) in members
        kind = type(argument).__name__
        if kind == "StreamingOutputArgument":
            row["outfile"] = True
        elif option in OF_EVERY_COMMAND or known:
            continue
        elif kind in WRITES or option == "outfile":
            row["writes"].append(option)
        else:
            row["added"].append(option)
        if kind == "ZipFileArgument" or (kind == "ImageArgument" and option.endswith("-bytes")):
            row["files"].append(option)
    operation_name = operation._operation_model.name
    if xform_name(operation_name, "-") != name:
        row["operation"] = operation_name
    return {key: value for key, value in row.items() if value}


def main():
    driver = clidriver.create_clidriver()
    rows = {}
    for command in driver._get_command_table().values():
        service = getattr(command, "_service_name", None)
        if service is None:
            continue
        for name, operation in command._get_command_table().items():
            if hasattr(operation, "_operation_model"):
                rows[f"{service} {name}"] = describe(name, operation)
    json.dump({"version": __version__, "commands": rows}, sys.stdout)


main()
