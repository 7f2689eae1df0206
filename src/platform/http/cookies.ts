import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/index.js';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The cookies of the service. Over HTTPS their names bind them to this host alone. */
export class Cookies {
  private readonly secure: boolean;
  private readonly names: { readonly session: string; readonly form: string };

  constructor(config: Pick<Config, 'publicUrl'>) {
    this.secure = config.publicUrl.startsWith('https:');
    const prefix = this.secure ? '__Host-' : '';
    this.names = { session: `${prefix}maillon`, form: `${prefix}maillon-form` };
  }

  session(request: FastifyRequest): string | null {
    return tokenIn(request, this.names.session);
  }

  /** Ends with the browser: how long it lives is the server's to say. */
  setSession(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.names.session, token, this.options());
  }

  forgetSession(reply: FastifyReply): void {
    void reply.clearCookie(this.names.session, this.options());
  }

  form(request: FastifyRequest): string | null {
    return tokenIn(request, this.names.form);
  }

  setForm(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.names.form, token, this.options());
  }

  /** For a visitor's plain preference, readable by nobody but us. */
  setPreference(reply: FastifyReply, name: string, value: string): void {
    void reply.setCookie(name, value, { ...this.options(), maxAge: 365 * 24 * 3600 });
  }

  /** Until the next page shows it. */
  setForNext(reply: FastifyReply, name: string, value: string): void {
    void reply.setCookie(name, value, { ...this.options(), maxAge: 60 });
  }

  forget(reply: FastifyReply, name: string): void {
    void reply.clearCookie(name, this.options());
  }

  private options() {
    return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: this.secure };
  }
}

function tokenIn(request: FastifyRequest, name: string): string | null {
  const value = request.cookies[name];
  return value !== undefined && TOKEN.test(value) ? value : null;
}
