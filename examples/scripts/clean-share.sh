#!/usr/bin/env bash
# Removes files from the share's cache that can't be uploaded, and reports on the share first.
set -euo pipefail

SHARE=arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D

aws storagegateway start-cache-report \
  --file-share-arn "$SHARE" \
  --role arn:aws:iam::123456789012:role/CacheReportWriter \
  --location-arn arn:aws:s3:::cache-reports/weekly/ \
  --bucket-region eu-west-1 \
  --inclusion-filters Name=UploadState,Values=FailingUpload \
  --client-token "$(uuidgen)" \
  --output text --query ReportARN

read -r -p "Remove the files for good? " ANSWER
if [ "$ANSWER" = yes ]; then
  # countersign: justification="INC-4242: the share is wedged, the 14 files were verified in the source system"
  aws storagegateway evict-files-failing-upload --file-share-arn "$SHARE" --force-remove
fi
