resource "aws_scheduler_schedule" "export" {
  name                = "export-results"
  schedule_expression = "rate(1 day)"

  flexible_time_window { mode = "OFF" }

  target {
    arn      = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"
    role_arn = aws_iam_role.export.arn
    input = jsonencode({
      FileSystemId = aws_fsx_lustre_file_system.lab.id
      Type         = "EXPORT_TO_REPOSITORY"
      Paths        = ["results"]
      Report       = { Enabled = false }
    })
  }
}
