import { EvictFilesFailingUploadCommand, StorageGatewayClient } from "@aws-sdk/client-storage-gateway";

await new StorageGatewayClient({}).send(
  new EvictFilesFailingUploadCommand({
    FileShareARN: "arn:aws:storagegateway:eu-west-1:123456789012:share/share-0123ABCD",
    ForceRemoval: true,
  }),
);
