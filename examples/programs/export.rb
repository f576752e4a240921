require "aws-sdk-fsx"

KIND = "EXPORT_TO_REPOSITORY".freeze

class Export
  def initialize(client: Aws::FSx::Client.new)
    @client = client
  end

  def run(paths)
    @client.create_data_repository_task(
      file_system_id: "fs-0123456789abcdef0",
      type: KIND,
      paths: paths,
      report: { enabled: false },
      client_request_token: "export-results-rb-1"
    )
  end
end
