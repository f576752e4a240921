/**
 * Joins pages. The AWS CLI prints a query of two values with an indent of four spaces: the list's own brackets are the
 * only ones at that depth, and the last line but one is the token.
 */
export const PAGES = `
# Prints all pages of a list that the AWS CLI doesn't join by itself as one.
pages() { # KEY COMMAND...
  key=$1 token='' comma=''
  shift
  printf '{"%s": [\\n' "$key"
  while :; do
    page=$("$@" \${token:+--next-token "$token"} --query "[$key, NextToken]") || return 1
    items=$(printf '%s\\n' "$page" | sed -n '/^    \\[$/,/^    \\],$/p' | sed '1d;$d')
    if [ -n "$items" ]; then printf '%s%s\\n' "$comma" "$items"; comma=','; fi
    token=$(printf '%s\\n' "$page" | sed -n '$!{h;d;};x;s/^    "\\(.*\\)"$/\\1/p')
    [ -n "$token" ] || break
  done
  printf ']}\\n'
}`;

/**
 * Prints a record of `buckets`. A policy or an encryption that may not be read ends it, since a record without them says
 * that there is none. Without the key's policy, the record says that this is unknown.
 */
export const BUCKET = `
# Prints what several commands say of a bucket as one fact.
bucket() { # NAME
  record='' account=$(aws sts get-caller-identity --query Account --output text) || account=''
  if [ -n "$account" ] && aws s3api head-bucket --bucket "$1" --expected-bucket-owner "$account" > /dev/null 2>&1; then
    record=", \\"account\\": \\"$account\\""
  fi
  region=$(aws s3api head-bucket --bucket "$1" --query BucketRegion --output text) || return 1
  case $region in
    '' | None) region=$(aws s3api get-bucket-location --bucket "$1" --query LocationConstraint --output text) || return 1 ;;
  esac
  case $region in
    None) region=us-east-1 ;;
    EU) region=eu-west-1 ;;
  esac
  policy=$(or_none NoSuchBucketPolicy aws s3api get-bucket-policy --region "$region" --bucket "$1" --query Policy) || return 1
  key=$(or_none ServerSideEncryptionConfigurationNotFoundError aws s3api get-bucket-encryption --region "$region" --bucket "$1" --output text \\
    --query 'ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.[SSEAlgorithm, KMSMasterKeyID]') || return 1
  case $key in
    aws:kms*None) key=alias/aws/s3 ;;
    aws:kms*) key=$(printf '%s\\n' "$key" | cut -f 2) ;;
    *) key='' ;;
  esac
  if [ -n "$key" ]; then
    arn=$(aws kms describe-key --region "$region" --key-id "$key" --query KeyMetadata.Arn --output text) || return 1
    record="$record, \\"kmsKeyArn\\": \\"$arn\\""
    if key=$(aws kms get-key-policy --region "$region" --key-id "$arn" --policy-name default --query Policy); then
      record="$record, \\"kmsKeyPolicy\\": $key"
    fi
  fi
  printf '{"buckets": {"%s": {"region": "%s", "policy": %s%s}}}\\n' "$1" "$region" "$policy" "$record"
}
# Prints null where AWS answers that there is none.
or_none() { # CODE COMMAND...
  code=$1
  shift
  "$@" 2> context/.errors && return
  if grep -q "$code" context/.errors; then printf 'null\\n'; else cat context/.errors >&2; return 1; fi
}`;
