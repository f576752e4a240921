package main

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/fsx"
)

func export(ctx context.Context, client *fsx.Client) error {
	_, err := client.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{
		FileSystemId: aws.String("fs-0123456789abcdef0"),
		Type:         "EXPORT_TO_REPOSITORY",
	})
	return err
}
