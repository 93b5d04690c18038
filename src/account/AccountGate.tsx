import { Loader } from "@mantine/core";
import { useConvexAuth, useQuery } from "convex/react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Shell } from "../shell/Shell";
import { BusinessContext, type Business } from "./business";

const SignIn = lazy(() => import("./SignIn"));
const CreateStore = lazy(() => import("./CreateStore"));

const CHOSEN_STORE = "chosen-store";

function Waiting() {
  return (
    <main className="entrance" aria-busy="true">
      <Loader aria-label="Loading" />
    </main>
  );
}

/** Lets signed-in members of a store through; anyone else is shown the one thing to do next. */
export function AccountGate({ children }: { children: ReactNode }) {
  const { isLoading, isAuthenticated } = useConvexAuth();
  if (isLoading) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>{isAuthenticated ? <Member>{children}</Member> : <SignIn />}</Suspense>
  );
}

function Member({ children }: { children: ReactNode }) {
  const account = useQuery(api.accounts.businesses.mine, {});
  const [chosenId, setChosenId] = useState(() => localStorage.getItem(CHOSEN_STORE));
  if (account === undefined) return <Waiting />;

  const { businesses, email } = account;
  const chosen = businesses.find(({ businessAccountId }) => businessAccountId === chosenId) ?? businesses[0];
  if (!chosen) return <CreateStore email={email} />;

  const choose = ({ businessAccountId }: Business) => {
    localStorage.setItem(CHOSEN_STORE, businessAccountId);
    setChosenId(businessAccountId);
  };
  return (
    <BusinessContext value={chosen}>
      <Shell business={chosen} businesses={businesses} email={email} onChoose={choose}>
        {children}
      </Shell>
    </BusinessContext>
  );
}
