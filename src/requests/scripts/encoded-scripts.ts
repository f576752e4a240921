/** How a script that names its interpreter, or a configuration of cloud-init, begins in base64. */
export const ENCODED_BEGINNINGS = ["IyEvYmluL", "IyEvdXNyL", "I2Nsb3VkLWNvbmZpZ"] as const;

const ENCODED = new RegExp(ENCODED_BEGINNINGS.join("|"));

/** Whether a text may hold a script in base64, which names nothing that could be looked for. */
export const holdsEncodedScript = (text: string): boolean => ENCODED.test(text);
