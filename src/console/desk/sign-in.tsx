import { SignInForm } from '../parts/sign-in-form.tsx';
import { useDesk } from './desk-context.tsx';

/** The console's entrance. */
export function SignIn() {
  const desk = useDesk();
  return <SignInForm onSignedIn={desk.signedIn} />;
}
