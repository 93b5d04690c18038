import { useAuthActions } from "@convex-dev/auth/react";
import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "convex/react";
import { ConvexError } from "convex/values";
import { useEffect, useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { changeLanguage, language, languageNames, languages } from "../language/language";
import { Logo } from "../ui/Logo";
import { StandalonePage } from "../ui/StandalonePage";
import { ErrorAlert } from "../ui/ErrorAlert";
import { errorText } from "../ui/errorText";
import { emailError, newPasswordError, passwordError } from "../ui/fieldText";
import { useFieldErrors } from "../ui/useFieldErrors";
import { ForgotPassword } from "./ForgotPassword";
import { InvitationFacts, invitationToken, useInvitation } from "./Invitation";
import { passwordText } from "./passwordText";
import { signInText } from "./signInText";

type Credentials = { email: string; password: string };
type Flow = "signIn" | "signUp";

/** Credentials of the demo store; null until they are fetched and on a server without a demo store. */
function useDemoCredentials(): Credentials | null {
  const [demo, setDemo] = useState<Credentials | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    fetch("/demo.json", { signal: controller.signal })
      .then(async (response) => {
        // A server without the file may answer with the page itself, as single-page servers do for unknown paths.
        const isJson = response.headers.get("content-type")?.includes("json") === true;
        if (response.ok && isJson) setDemo((await response.json()) as Credentials);
      })
      .catch(() => undefined);
    return () => controller.abort();
  }, []);
  return demo;
}

/** What this page belongs to, for somebody who got here by its address alone. */
function About({ hasDemo }: { hasDemo: boolean }) {
  return (
    <div>
      <Text>{signInText.about}</Text>
      <Text size="sm" c="dimmed" mt="xs">
        {signInText.belongs}
        {hasDemo && ` ${signInText.invented}`}
      </Text>
    </div>
  );
}

/** The way to the other languages, since the menu that has it is for signed-in people. */
function OtherLanguages() {
  return languages
    .filter((each) => each !== language)
    .map((each) => (
      <Text key={each} size="sm">
        <Anchor component="button" type="button" lang={each} onClick={() => changeLanguage(each)}>
          {languageNames[each]}
        </Anchor>
      </Text>
    ));
}

/** `isInvited`: the user follows an invitation link, and most likely has no account yet. */
export default function SignIn({ isInvited }: { isInvited: boolean }) {
  const { signIn } = useAuthActions();
  const demo = useDemoCredentials();
  const options = useQuery(api.accounts.passwordSignIn.options, {});
  const invitation = useInvitation(isInvited);
  const [isForgotten, setIsForgotten] = useState(false);
  const [flow, setFlow] = useState<Flow>(isInvited ? "signUp" : "signIn");
  const [isRunning, setIsRunning] = useState(false);
  const [errorMessage, setErrorMessage] = useState<string | null>(null);
  const fields = useFieldErrors();
  const text = signInText.flows[flow];

  const authenticate = (credentials: Credentials, requestedFlow: Flow) => {
    setIsRunning(true);
    setErrorMessage(null);
    const sent = { ...credentials, flow: requestedFlow, ...(isInvited && { invitation: invitationToken() }) };
    signIn("password", sent)
      .catch((error: unknown) => {
        setErrorMessage(
          error instanceof ConvexError ? errorText(error) : signInText.flows[requestedFlow].error,
        );
      })
      .finally(() => setIsRunning(false));
  };

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value : "";
    };
    const credentials = { email: field("email"), password: field("password") };
    const errors = {
      email: emailError(credentials.email),
      password: (flow === "signIn" ? passwordError : newPasswordError)(credentials.password),
    };
    if (fields.check(event.currentTarget, errors)) authenticate(credentials, flow);
  };

  if (isForgotten) {
    return (
      <ForgotPassword isByEmail={options?.isResetByEmail === true} onBack={() => setIsForgotten(false)} />
    );
  }
  const maySignUp = isInvited || options?.isSignUpOpen !== false;
  return (
    <StandalonePage>
      <Logo />
      <Title order={1}>{text.title}</Title>
      {!isInvited && <About hasDemo={demo !== null} />}
      {isInvited && (
        <>
          <InvitationFacts invitation={invitation} />
          {invitation.errorMessage === null && <Text>{signInText.accountNeeded}</Text>}
        </>
      )}
      {demo && !isInvited && (
        <>
          <Button size="md" loading={isRunning} onClick={() => authenticate(demo, "signIn")}>
            {signInText.openDemo}
          </Button>
          <Divider label={signInText.ownAccount} />
        </>
      )}
      <form noValidate onSubmit={submit} onChange={fields.clear}>
        <Stack gap="sm">
          <TextInput
            name="email"
            type="email"
            label={signInText.email}
            autoComplete="username"
            required
            error={fields.errorOf("email")}
          />
          <PasswordInput
            name="password"
            label={signInText.password}
            required
            error={fields.errorOf("password")}
            autoComplete={flow === "signIn" ? "current-password" : "new-password"}
            {...(flow === "signUp" && { description: passwordText.lengthRule })}
          />
          <ErrorAlert message={errorMessage} />
          <Button
            type="submit"
            size="md"
            variant={demo && !isInvited ? "default" : "filled"}
            loading={isRunning}
          >
            {text.button}
          </Button>
        </Stack>
      </form>
      {maySignUp ? (
        <Text size="sm">
          <Anchor
            component="button"
            type="button"
            onClick={() => {
              setFlow(flow === "signIn" ? "signUp" : "signIn");
              setErrorMessage(null);
              fields.clear();
            }}
          >
            {text.switchFlow}
          </Anchor>
        </Text>
      ) : (
        <Text size="sm" c="dimmed">
          {signInText.invitedOnly}
        </Text>
      )}
      {flow === "signIn" && (
        <Text size="sm">
          <Anchor component="button" type="button" onClick={() => setIsForgotten(true)}>
            {passwordText.forgotten}
          </Anchor>
        </Text>
      )}
      <OtherLanguages />
    </StandalonePage>
  );
}
