import {
  ActionIcon,
  Anchor,
  Badge,
  Button,
  Checkbox,
  NativeSelect,
  PasswordInput,
  SegmentedControl,
  Skeleton,
  Switch,
  TextInput,
} from "@mantine/core";
import { IconDownload, IconSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Payment, Status, Stock } from "../orders/cells";
import { stages } from "../orders/stages";
import { NothingToTake, PickCheckbox } from "../picking/PickCheckbox";
import { TickNotices } from "../picking/TickNotices";
import { PickProgress } from "../picking/PickProgress";
import { ToteMark } from "../picking/ToteMark";
import { StatusDot } from "../health/StatusDot";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Notice } from "../ui/Notice";
import { Picture } from "../ui/Picture";
import { PageScreen } from "../ui/Screen";
import { Tag } from "../ui/Tag";
import classes from "./ComponentsScreen.module.css";
import { stockExamples, totesInUse } from "./examples";

/** Every component in each of its states, side by side, to be looked at in both colour schemes. Served in development only. */
export function ComponentsScreen() {
  return (
    <PageScreen title="Components" isWide>
      <Buttons />
      <Fields />
      <Choices />
      <Orders />
      <PickingParts />
      <Messages />
    </PageScreen>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span className={classes.label}>{label}</span>
      <div className={classes.examples}>{children}</div>
    </div>
  );
}

function Buttons() {
  const icon = <IconDownload size={18} aria-hidden />;
  return (
    <Card title="Buttons">
      {(["filled", "default", "light", "subtle"] as const).map((variant) => (
        <Row key={variant} label={variant}>
          <Button variant={variant}>Print</Button>
          <Button variant={variant} leftSection={icon}>
            With an icon
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
          <Button variant={variant} loading>
            Loading
          </Button>
          <ActionIcon variant={variant} aria-label="Download" title="Download">
            {icon}
          </ActionIcon>
          <ActionIcon variant={variant} aria-label="Download" title="Download" disabled>
            {icon}
          </ActionIcon>
        </Row>
      ))}
      <Row label="destructive">
        <Button color="red">Delete</Button>
        <Button color="red" variant="light">
          Delete
        </Button>
        <Anchor href="#screen">A link</Anchor>
      </Row>
    </Card>
  );
}

function Fields() {
  return (
    <Card title="Fields">
      <div className={classes.fields}>
        <TextInput label="Empty" placeholder="Number, buyer, part, bin" />
        <TextInput label="With an icon" leftSection={<IconSearch size={18} />} defaultValue="3001" />
        <TextInput label="Described" description="Kept in this browser." defaultValue="Old parcels" />
        <TextInput label="Wrong" error="An amount, such as 12.50" defaultValue="much" />
        <TextInput label="Disabled" disabled defaultValue="A01-02" />
        <PasswordInput label="Password" defaultValue="bricks" />
        <NativeSelect label="Select" data={["Any", "Paid"]} />
        <NativeSelect label="Disabled select" data={["Any"]} disabled />
      </div>
    </Card>
  );
}

function Choices() {
  return (
    <Card title="Choices and counts">
      <Row label="checkbox">
        <Checkbox label="Off" />
        <Checkbox label="On" defaultChecked />
        <Checkbox label="Some" indeterminate />
        <Checkbox label="Disabled" disabled />
      </Row>
      <Row label="switch">
        <Switch label="Off" />
        <Switch label="On" defaultChecked />
        <Switch label="Disabled" disabled />
      </Row>
      <Row label="segments">
        <SegmentedControl data={["Any", "Paid", "Not paid"]} />
        <SegmentedControl data={["Any", "Paid"]} disabled />
      </Row>
      <Row label="badge">
        <Badge color="gray">12</Badge>
        <Badge color="red">3</Badge>
      </Row>
      <Row label="tag">
        <Tag tone="good">reserved</Tag>
        <Tag tone="soft">not begun</Tag>
        <Tag tone="warn">3 short</Tag>
        <Tag tone="bad">1 unmatched</Tag>
      </Row>
      <Row label="dot">
        {(["good", "warn", "bad"] as const).map((tone) => (
          <StatusDot key={tone} tone={tone} label={tone} />
        ))}
      </Row>
    </Card>
  );
}

function Orders() {
  const shown = [...stages.filter((stage) => stage !== "all"), "onHold" as const];
  return (
    <Card title="Orders">
      <Row label="stage">
        {shown.map((stage) => (
          <Status key={stage} stage={stage} tab="toPack" status="PAID" pickedLines={3} lineCount={14} />
        ))}
        <Status stage="onHold" tab="problem" status="NPB" pickedLines={0} lineCount={2} />
      </Row>
      <Row label="stock">
        {Object.entries(stockExamples).map(([name, order]) => (
          <Stock key={name} order={order} />
        ))}
      </Row>
      <Row label="payment">
        <Payment
          order={{
            tab: "toPack",
            isPaid: true,
            paymentMethod: "Stripe",
            paymentStatus: "Completed",
          }}
        />
        <Payment
          order={{
            tab: "toPack",
            isPaid: false,
            paymentMethod: "IBAN",
            paymentStatus: "None",
          }}
        />
      </Row>
      <Row label="picture">
        {[0, 1, 5, 11].map((colorId) => (
          <Picture key={colorId} itemType="PART" partNumber="none" colorId={colorId} colorName="Colour" />
        ))}
      </Row>
    </Card>
  );
}

function PickingParts() {
  const ignore = () => undefined;
  return (
    <Card title="Picking">
      <Row label="tick">
        <PickCheckbox isPicked={false} label="open" onChange={ignore} />
        <PickCheckbox isPicked label="picked" onChange={ignore} />
        <PickCheckbox isPicked isPending label="not sent yet" onChange={ignore} />
        <PickCheckbox isPicked={false} label="for viewers" onChange={undefined} />
        <NothingToTake />
      </Row>
      <Row label="tote">
        {totesInUse.map((number) => (
          <ToteMark key={number} number={number} />
        ))}
      </Row>
      <Row label="progress">
        <PickProgress picked={3} total={14} unit="line" shortQuantity={0} />
        <PickProgress picked={14} total={14} unit="line" shortQuantity={0} />
        <PickProgress picked={14} total={14} unit="line" shortQuantity={3} />
      </Row>
      <Row label="after a tick">
        <TickNotices
          notices={[{ id: "1", memberId: "", message: "Order 123 was cancelled: put its pieces back." }]}
        />
      </Row>
    </Card>
  );
}

function Messages() {
  return (
    <Card title="Messages, loading, empty">
      <div className={classes.messages}>
        <Notice>Not paid yet, by Stripe.</Notice>
        <ErrorAlert message="BrickLink did not answer. It is tried again within a minute." />
        <Skeleton height={44} />
        <EmptyState>
          <strong>Nothing here</strong>
          New orders appear by themselves.
        </EmptyState>
      </div>
    </Card>
  );
}
