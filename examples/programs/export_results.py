import boto3

FILE_SYSTEM = "fs-0123456789abcdef0"

fsx = boto3.client("fsx", region_name="eu-west-1")


def export(paths):
    fsx.create_data_repository_task(
        FileSystemId=FILE_SYSTEM,
        Type="EXPORT_TO_REPOSITORY",
        Paths=paths,
        Report={"Enabled": False},
        ClientRequestToken="export-results-py-1",
    )
