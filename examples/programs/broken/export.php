<?php

$fsx = new Aws\FSx\FSxClient(['region' => 'eu-west-1']);
$fsx->createDataRepositoryTask([
    'FileSystemId' => 'fs-0123456789abcdef0',
    'Type' => 'EXPORT',
    'Report' => ['Enabled' => false],
    'ClientRequestToken' => 'export-results-php-2',
]);
