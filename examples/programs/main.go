package main

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/storagegateway"
)

func clean(ctx context.Context, client *storagegateway.Client, share string) error {
	_, err := client.EvictFilesFailingUpload(ctx, &storagegateway.EvictFilesFailingUploadInput{
		FileShareARN: aws.String(share),
	})
	return err
}
