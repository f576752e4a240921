/** How a script that names its interpreter, a configuration of cloud-init, or a command of `aws` begins in base64. */
export const ENCODED_BEGINNINGS = ["IyEvYmluL", "IyEvdXNyL", "I2Nsb3VkLWNvbmZpZ", "YXdzI"] as const;

const ENCODED = new RegExp(ENCODED_BEGINNINGS.join("|"));

/** Whether a text may hold a script in base64, which names nothing that could be looked for. */
export const holdsEncodedScript = (text: string): boolean => ENCODED.test(text);
