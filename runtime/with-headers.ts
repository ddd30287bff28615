/**
 * @param request left as it is, its body unread
 * @returns a copy with these headers set
 */
export function withHeaders(request: Request, headers: Readonly<Record<string, string>>): Request {
  const copy = request.clone();
  for (const [name, value] of Object.entries(headers)) copy.headers.set(name, value);
  return copy;
}
