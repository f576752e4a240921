import boto3

KIND = "EXPORT"

boto3.client("fsx").create_data_repository_task(
    FileSystemId="fs-0123456789abcdef0",
    Type=KIND,
    Report={"Enabled": False},
    ClientRequestToken="export-results-py-2",
)
