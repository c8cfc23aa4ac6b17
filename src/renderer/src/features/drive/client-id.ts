/** As the Google Cloud console shows it. */
export const looksLikeClientId = (text: string): boolean => /^[\w-]+\.apps\.googleusercontent\.com$/.test(text.trim())
