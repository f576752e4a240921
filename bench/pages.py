#!/usr/bin/env python3
"""Writes the documentation pages of AWS operations as boto3 prints them, for bench/generate.mjs.

    python3 bench/pages.py OUT [SERVICE ...]

OUT gets one page for each operation, OUT/<service>/<method_name>.rst; without services, of all: about 200 MB
in some minutes. Needs boto3.
"""
import pathlib, shutil, sys, tempfile, warnings

warnings.filterwarnings("ignore")
try:
    import boto3
    from boto3.docs.service import ServiceDocumenter
    from botocore import xform_name
except ImportError:
    print("pages: boto3 is not installed here", file=sys.stderr)
    sys.exit(3)


def write(service, session, out):
    """boto3 documents paginators and helpers beside the operations; only those are wanted."""
    model = session._session.get_service_model(service)
    methods = {xform_name(name) for name in model.operation_names}
    with tempfile.TemporaryDirectory() as all_pages:
        ServiceDocumenter(service, session, all_pages).document_service()
        folder = out / service
        folder.mkdir(parents=True, exist_ok=True)
        for page in sorted(pathlib.Path(all_pages, service, "client").glob("*.rst")):
            if page.stem in methods:
                shutil.copy(page, folder / page.name)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    session = boto3.Session(region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    for service in sys.argv[2:] or session.get_available_services():
        write(service, session, pathlib.Path(sys.argv[1]))


main()
