import { EvictFilesFailingUploadCommand, StorageGatewayClient } from "@aws-sdk/client-storage-gateway";

const client = new StorageGatewayClient({});

export async function cleanShare(): Promise<void> {
  // countersign: justification="INC-4242: the share is wedged; the 14 files were verified in the source system"
  await client.send(
    new EvictFilesFailingUploadCommand({
      FileShareARN: "arn:aws:storagegateway:eu-west-1:123456789012:share/share-0C1D2E3F",
      ForceRemove: true,
    }),
  );
}
