#!/bin/sh
aws fsx create-data-repository-task \
  --file-system-id fs-0123456789abcdef0 \
  --type EXPORT_TO_REPOSITORY \
  --paths results/run-10,results/run-11 /results/run-12 \
  --report Enabled=true,Path=s3://fsx-reports/export,Scop=FAILED_FILES_ONLY
