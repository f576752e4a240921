require "aws-sdk-fsx"

Aws::FSx::Client.new.create_data_repository_task(
  file_system_id: "fs-0123456789abcdef0",
  type: :EXPORT,
  report: { enabled: false },
  client_request_token: "export-results-rb-2"
)
