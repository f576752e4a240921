$share = "arn:aws:storagegateway:eu-west-1:123456789012:share/share-1A2B3C4D"

Invoke-SGEvictFilesFailingUpload -FileShareARN $share -ForceRemove $true
New-FSXDataRepositoryTask -FileSystemId fs-0123456789abcdef0 -Type EXPORT `
    -Report_Enabled $false -ClientRequestToken export-results-2
