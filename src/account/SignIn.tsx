import { useAuthActions } from "@convex-dev/auth/react";
import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { ConvexError } from "convex/values";
import { useEffect, useState, type SyntheticEvent } from "react";
import { Brand } from "../ui/Brand";
import { Entrance } from "../ui/Entrance";
import { Failure } from "../ui/Failure";
import { failureText } from "../ui/failure";

type Credentials = { email: string; password: string };
type Flow = "signIn" | "signUp";

/** The demo's sign-in, where this server has one. */
function useDemo(): Credentials | null {
  const [demo, setDemo] = useState<Credentials | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    fetch("/demo.json", { signal: controller.signal })
      .then(async (response) => {
        const isJson = response.headers.get("content-type")?.includes("json") === true;
        if (response.ok && isJson) setDemo((await response.json()) as Credentials);
      })
      .catch(() => undefined);
    return () => controller.abort();
  }, []);
  return demo;
}

const words = {
  signIn: {
    title: "Sign in",
    button: "Sign in",
    other: "Create an account",
    failure: "E-mail and password do not match an account here.",
  },
  signUp: {
    title: "Create an account",
    button: "Create account",
    other: "I have an account",
    failure: "That account could not be made. If you have one already, sign in.",
  },
};

/** `isInvited`: the person comes by an invitation, most likely without an account. */
export default function SignIn({ isInvited }: { isInvited: boolean }) {
  const { signIn } = useAuthActions();
  const demo = useDemo();
  const [flow, setFlow] = useState<Flow>(isInvited ? "signUp" : "signIn");
  const [isRunning, setIsRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words[flow];

  const enter = (credentials: Credentials, chosen: Flow) => {
    setIsRunning(true);
    setFailure(null);
    signIn("password", { ...credentials, flow: chosen })
      .catch((error: unknown) => {
        setFailure(error instanceof ConvexError ? failureText(error) : words[chosen].failure);
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
    enter({ email: field("email"), password: field("password") }, flow);
  };

  return (
    <Entrance>
      <Brand />
      <Title order={1}>{text.title}</Title>
      {isInvited && <Text>You are invited to a store. To join it, you need an account here.</Text>}
      {demo && !isInvited && (
        <>
          <Button size="md" loading={isRunning} onClick={() => enter(demo, "signIn")}>
            Open the demo store
          </Button>
          <Divider label="or with your own account" />
        </>
      )}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput name="email" type="email" label="E-mail" autoComplete="username" required />
          <PasswordInput
            name="password"
            label="Password"
            required
            autoComplete={flow === "signIn" ? "current-password" : "new-password"}
            {...(flow === "signUp" && { description: "At least 10 characters", minLength: 10 })}
          />
          <Failure message={failure} />
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
      <Text size="sm">
        <Anchor
          component="button"
          type="button"
          onClick={() => {
            setFlow(flow === "signIn" ? "signUp" : "signIn");
            setFailure(null);
          }}
        >
          {text.other}
        </Anchor>
      </Text>
    </Entrance>
  );
}
