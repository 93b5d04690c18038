import { useAuthActions } from "@convex-dev/auth/react";
import { Menu, useMantineColorScheme } from "@mantine/core";
import {
  IconCheck,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
} from "@tabler/icons-react";
import { changeLanguage, language, languageNames, languages } from "../language/language";
import { Target } from "../ui/Target";
import type { PopoverProps } from "../ui/usePopoverButton";
import type { AccountMenuProps } from "./AccountMenu";
import { shellText } from "./shellText";

const colorSchemes = [
  { value: "light", label: shellText.light, icon: IconSun },
  { value: "dark", label: shellText.dark, icon: IconMoon },
  { value: "auto", label: shellText.device, icon: IconDeviceDesktop },
] as const;

/** Switches between stores, colour schemes and languages, and signs out. */
export default function AccountMenuDropdown({
  business,
  businesses,
  email,
  onSelectStore,
  target,
  ...popover
}: AccountMenuProps & PopoverProps) {
  const { signOut } = useAuthActions();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={240} {...popover}>
      <Menu.Target>
        <Target element={target} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email ?? shellText.signedIn}</Menu.Label>
        {businesses.length > 1 &&
          businesses.map((other) => (
            <Menu.Item
              key={other.businessAccountId}
              leftSection={other === business ? <IconCheck size={16} /> : <span style={{ width: 16 }} />}
              onClick={() => onSelectStore(other)}
            >
              {other.name}
            </Menu.Item>
          ))}
        <Menu.Divider />
        {colorSchemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            rightSection={
              colorScheme === value ? <IconCheck size={16} aria-label={shellText.chosen} /> : null
            }
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {languages.map((each) => (
          <Menu.Item
            key={each}
            lang={each}
            leftSection={<IconLanguage size={16} />}
            rightSection={each === language ? <IconCheck size={16} aria-label={shellText.chosen} /> : null}
            onClick={() => each !== language && changeLanguage(each)}
          >
            {languageNames[each]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {shellText.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
