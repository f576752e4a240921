using Amazon.FSx;
using Amazon.FSx.Model;

public class Export
{
    private const string FileSystem = "fs-0123456789abcdef0";

    private readonly IAmazonFSx _fsx;

    public Export(IAmazonFSx fsx) => _fsx = fsx;

    public async Task RunAsync(List<string> paths)
    {
        await _fsx.CreateDataRepositoryTaskAsync(new CreateDataRepositoryTaskRequest
        {
            FileSystemId = FileSystem,
            Type = DataRepositoryTaskType.EXPORT_TO_REPOSITORY,
            Paths = paths,
            Report = new CompletionReport { Enabled = false },
            ClientRequestToken = "export-results-cs-1",
        });
    }
}
