/** What a media type says of how its text is read. */

export const isJson = (mediaType: string): boolean => /^application\/([\w.+-]+\+)?json$/i.test(mediaType);
export const isXml = (mediaType: string): boolean => /^(application|text)\/([\w.+-]+\+)?xml$/i.test(mediaType);
/** Where `<` and `&` mean something: XML and HTML. */
export const isMarkup = (mediaType: string): boolean => isXml(mediaType) || /^text\/html$/i.test(mediaType);
