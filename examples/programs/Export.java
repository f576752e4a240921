import software.amazon.awssdk.services.fsx.FSxClient;
import software.amazon.awssdk.services.fsx.model.CreateDataRepositoryTaskRequest;
import software.amazon.awssdk.services.fsx.model.DataRepositoryTaskType;

class Export {
  static void run(FSxClient fsx, String path) {
    fsx.createDataRepositoryTask(
        CreateDataRepositoryTaskRequest.builder()
            .fileSystemId("fs-0123456789abcdef0")
            .type(DataRepositoryTaskType.EXPORT_TO_REPOSITORY)
            .paths(path)
            .report(report -> report.enabled(false))
            .build());
  }
}
