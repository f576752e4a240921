<?php

require 'vendor/autoload.php';

use Aws\FSx\FSxClient;

final class Export
{
    private const KIND = 'EXPORT_TO_REPOSITORY';

    public function __construct(private readonly FSxClient $fsx)
    {
    }

    public function run(array $paths): void
    {
        $this->fsx->createDataRepositoryTask([
            'FileSystemId' => 'fs-0123456789abcdef0',
            'Type' => self::KIND,
            'Paths' => $paths,
            'Report' => ['Enabled' => false],
            'ClientRequestToken' => 'export-results-php-1',
        ]);
    }
}
