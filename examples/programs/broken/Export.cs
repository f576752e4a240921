using Amazon.FSx;
using Amazon.FSx.Model;

var request = new CreateDataRepositoryTaskRequest
{
    FileSystemId = "0123456789abcdef0",
    Type = DataRepositoryTaskType.EXPORT_TO_REPOSITORY,
    ClientRequestToken = "export-results-cs-2",
};
request.Report = new CompletionReport { Enabled = false };
await new AmazonFSxClient().CreateDataRepositoryTaskAsync(request);
