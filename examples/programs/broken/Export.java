import software.amazon.awssdk.services.fsx.FsxClient;

class Export {
  private final FsxClient fsx = FsxClient.create();

  void run() {
    fsx.createDataRepositoryTask(
        request -> request.fileSystemId("0123456789abcdef0").type("EXPORT_TO_REPOSITORY").report(r -> r.enabled(false)));
  }
}
