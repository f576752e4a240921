resource "aws_scheduler_schedule" "export" {
  schedule_expression = "rate(1 day)"
  flexible_time_window { mode = "OFF" }
  target {
    arn      = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"
    role_arn = aws_iam_role.scheduler.arn
    input    = jsonencode({ FileSystemId = "fs-0123456789abcdef0", Type = "EXPORT", Report = { Enabled = false } })
  }
}
