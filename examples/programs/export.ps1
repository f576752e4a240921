param([string[]]$Paths)

$fileSystem = "fs-0123456789abcdef0"
$task = @{
    FileSystemId       = $fileSystem
    Type               = "EXPORT_TO_REPOSITORY"
    Report_Enabled     = $false
    ClientRequestToken = "export-results-1"
}

New-FSXDataRepositoryTask @task -Path $Paths -Region eu-west-1
