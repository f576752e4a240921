"""Prints what the AWS CLI would send for a command line, without sending it.

Reads lines of JSON from stdin, each a list of the words after `aws`, and answers each with a line of JSON:
{"params": {...}} with the parameters of the call, {"error": "..."} if the CLI or botocore's validation of parameters
rejects the command, or {"none": true} if no call would be made. Paths of file:// are relative to the working directory.
With the argument `options`, prints each command with the names of its options and the members that they set.
"""

import contextlib
import io
import json
import os
import sys

os.environ["AWS_CONFIG_FILE"] = os.devnull
os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
os.environ["AWS_DEFAULT_REGION"] = "eu-west-1"
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ.pop("AWS_PROFILE", None)

from awscli import clidriver  # noqa: E402
from botocore.validate import ParamValidator  # noqa: E402

calls = []


def instead_of_calling(self, service_name, operation_name, parameters, parsed_globals):
    calls.append((service_name, operation_name, parameters))
    return 0


clidriver.CLIOperationCaller.invoke = instead_of_calling
driver = clidriver.create_clidriver()


def plain(value):
    """Replaces values that JSON cannot represent by their type."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else {"type": type(value).__name__}


def answer(words):
    calls.clear()
    stderr = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(stderr):
        try:
            status = driver.main(words)
        except SystemExit as stop:
            status = stop.code
    if status:
        return {"error": stderr.getvalue().strip()[-500:] or f"status {status}"}
    if not calls:
        return {"none": True}
    service, operation, parameters = calls[-1]
    model = driver.session.get_service_model(service).operation_model(operation)
    if model.input_shape is not None:
        given = {name: value for name, value in parameters.items() if name != "PaginationConfig"}
        report = ParamValidator().validate(given, model.input_shape)
        if report.has_errors():
            return {"error": report.generate_report(), "params": plain(parameters)}
    return {"params": plain(parameters)}


def print_options(services):
    for service, command in driver._get_command_table().items():
        boto = getattr(command, "_service_name", None)
        if boto is None or (services and boto not in services):
            continue
        for name, operation in command._get_command_table().items():
            if not hasattr(operation, "_operation_model"):
                continue
            options = {
                option: getattr(argument, "_serialized_name", None)
                for option, argument in operation.arg_table.items()
            }
            line = {"service": service, "command": name, "operation": operation._operation_model.name}
            print(json.dumps({**line, "boto": boto, "options": options}))


if "options" in sys.argv[1:]:
    print_options(sys.argv[2:])
else:
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
